/** The channel on which a page asks for a way to the core; it carries nothing. */
export const ASK_PORT = "core:ask-port";

/** The channel on which the preload is given a port that leads to the core. */
export const GIVE_PORT = "core:give-port";

/** The message with which the preload hands the port on to the page. */
export const PORT_MESSAGE = "riversync-core-port";

/** Every channel on which a page may send; there is one. */
export const channelsFromPages = [ASK_PORT] as const;
export type ChannelFromPage = (typeof channelsFromPages)[number];
