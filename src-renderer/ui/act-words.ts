import { useTranslation } from "react-i18next";

/** Where the words for an act stand in the catalogues: the first place that knows its type says it. */
const places = {
  /** What it is meant to do: "Raise a ticket". */
  meant: ["desk:intent", "portal:act"],
  /** What it did: "Ticket raised". */
  done: ["portal:act"],
  /** What it did, beside the person or role it was done to: "Suspended". */
  doneHere: ["account:acts", "portal:act"],
  /** What it does, beside the work it is done to: "Resolve". */
  here: ["work:action"],
} as const;

/** In which of its forms an act is said. */
type ActForm = keyof typeof places;

/** The key of an act's words under one of its places. */
const actKey = (place: string, type: string): string => `${place}.${type.replace(".", "-")}`;

/** Says acts in words by their type; a type that this version does not know, as it is. */
export const useActWords = (form: ActForm): ((type: string) => string) => {
  const { i18n } = useTranslation();
  return (type) => {
    const key = places[form].map((place) => actKey(place, type)).find((one) => i18n.exists(one));
    return key === undefined ? type : String(i18n.t(key as "common:loading"));
  };
};
