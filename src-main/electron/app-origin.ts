/** The scheme under which the renderer is served; a scheme of its own instead of file://. */
export const APP_SCHEME = "app";

/** The one host of that scheme. */
const APP_HOST = "riversync";

/** The origin of every page of ours. */
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** The one page. */
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

/** Whether `url` is at our origin exactly; it is parsed, since look-alikes pass any text search. */
export const isAppUrl = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === "" && password === "";
};

/** Whether `url` is a blob that a page of ours made. */
export const isAppBlob = (url: string): boolean =>
  url.startsWith("blob:") && isAppUrl(url.slice("blob:".length));
