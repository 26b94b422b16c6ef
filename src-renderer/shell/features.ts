import { createContext, createElement, type ReactNode, useContext } from "react";
import type { Feature } from "./navigation.ts";

const FeaturesContext = createContext<readonly Feature[]>([]);

/** Says which features are built. */
export const FeaturesProvider = ({
  features,
  children,
}: {
  features: readonly Feature[];
  children: ReactNode;
}) => createElement(FeaturesContext.Provider, { value: features }, children);

/** The features that are built. */
export const useFeatures = (): readonly Feature[] => useContext(FeaturesContext);
