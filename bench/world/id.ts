import { v5 } from "uuid";

/** A stable id for a name. */
export const id = (name: string): string => v5(name, v5.URL);
