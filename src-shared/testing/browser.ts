const decode = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&amp;/g, "&");

const attributes = (tag: string): Record<string, string> =>
  Object.fromEntries(
    [...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [
      name,
      decode(value),
    ]),
  );

/** A page as the test browser holds it. */
export interface BrowserPage {
  url: string;
  status: number;
  headers: Headers;
  body: string;
}

/** As much of a browser as a sign-in needs: cookies, redirects within one origin, posted forms. */
export class TestBrowser {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  /** Opens an address and follows redirects; one that leaves `origin` is returned, not followed. */
  async open(url: string, init: RequestInit = {}): Promise<BrowserPage> {
    const origin = new URL(url).origin;
    let target = new URL(url);
    let request = init;
    for (let hops = 0; hops < 12; hops += 1) {
      const headers = new Headers(request.headers);
      headers.set("accept", "text/html");
      headers.set("cookie", this.#cookiesFor(target.pathname));
      const answer = await fetch(target, { ...request, headers, redirect: "manual" });
      this.#keep(answer.headers.getSetCookie());
      const location = answer.headers.get("location");
      const body = await answer.text();
      if (location === null) {
        return { url: target.href, status: answer.status, headers: answer.headers, body };
      }
      target = new URL(location, target);
      if (target.origin !== origin) {
        return { url: target.href, status: answer.status, headers: answer.headers, body };
      }
      request = init.headers === undefined ? {} : { headers: init.headers };
    }
    throw new Error("too many redirects");
  }

  /** Posts the page's form, as its button with `formaction` ending in `button` would. */
  async submit(
    page: BrowserPage,
    values: Record<string, string> = {},
    button?: string,
    headers: Record<string, string> = {},
  ): Promise<BrowserPage> {
    const form = attributes(/<form[^>]*>/.exec(page.body)?.[0] ?? "");
    const fields = [...page.body.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => {
      const { name = "", value = "" } = attributes(tag);
      return [name, value] as const;
    });
    const chosen = [...page.body.matchAll(/<button[^>]*>/g)]
      .map(([tag]) => attributes(tag).formaction)
      .find((action) => button !== undefined && action?.endsWith(button));
    const action = new URL(chosen ?? form.action ?? "", page.url);
    return this.open(action.href, {
      method: "POST",
      headers: { origin: action.origin, ...headers },
      body: new URLSearchParams({ ...Object.fromEntries(fields), ...values }),
    });
  }

  #cookiesFor(path: string): string {
    return [...this.#cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, cookie]) => `${name}=${cookie.value}`)
      .join("; ");
  }

  #keep(headers: string[]): void {
    for (const header of headers) {
      const [pair = "", ...rest] = header.split("; ");
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      const path = rest.find((part) => part.toLowerCase().startsWith("path="))?.slice(5) ?? "/";
      if (/expires=Thu, 01 Jan 1970/i.test(header)) this.#cookies.delete(name);
      else this.#cookies.set(name, { value, path });
    }
  }
}
