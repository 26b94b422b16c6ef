import { IconPoint } from "@tabler/icons-react";
import { createMemoryHistory } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { items } from "#shared/access/menu.ts";
import { useConnection } from "../data/connection.ts";
import { App } from "../shell/app.tsx";
import { startI18n } from "../shell/i18n.ts";
import { appOfItem, type Feature, isOpen, type OpenItem } from "../shell/navigation.ts";
import { makeRouter } from "../shell/router.tsx";
import { fakeCore } from "./fake-core.ts";
import type { FakeOptions, FakeState } from "./fake-state.ts";

const starts: Record<OpenItem, string> = {
  overview: "/partners",
  "portal-overview": "/portal",
  profile: "/account/profile",
  attention: "/attention",
};

/** A built page for every item there is, so that what is shown depends on the menu alone. */
const everyFeature: readonly Feature[] = [...(Object.keys(starts) as OpenItem[]), ...items].map(
  (item): Feature => ({
    item,
    path: isOpen(item) ? starts[item] : `/${appOfItem(item)}/${item}`,
    icon: IconPoint,
    labelKey: `nav.${item}`,
    component: () => <h1>{`page ${item}`}</h1>,
  }),
);

/** Renders the whole renderer over a fake core, at an address. */
export const renderApp = (
  path: string,
  options: FakeOptions = {},
  features: readonly Feature[] = everyFeature,
): { state: FakeState; path: () => string } => {
  startI18n("en");
  useConnection.setState({ way: "open" });
  const { client, state } = fakeCore(options);
  const history = createMemoryHistory({ initialEntries: [path] });
  render(<App core={client} router={makeRouter(features, history)} />);
  return { state, path: () => history.location.pathname };
};
