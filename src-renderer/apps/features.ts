import type { Feature } from "../shell/navigation.ts";
import { features as account } from "./account/routes.ts";
import { features as partners } from "./partners/routes.ts";
import { features as portal } from "./portal/routes.ts";

/** Everything that is built, of every app. */
export const features: readonly Feature[] = [...partners, ...portal, ...account];
