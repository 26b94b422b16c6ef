import { IconPoint } from "@tabler/icons-react";
import { createMemoryHistory } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { navItems } from "#shared/access/nav.ts";
import { useConnection } from "../data/connection.ts";
import { App } from "../shell/app.tsx";
import { startI18n } from "../shell/i18n.ts";
import type { Feature } from "../shell/navigation.ts";
import { makeRouter } from "../shell/router.tsx";
import { fakeCore } from "./fake-core.ts";
import type { FakeOptions, FakeState } from "./fake-state.ts";

/** A built page for every item there is, so that what is shown depends on the matrix alone. */
const everyFeature: readonly Feature[] = [
  ...(["overview", "attention", ...navItems] as const).map(
    (item): Feature => ({
      item,
      path: item === "overview" ? "/partners" : `/partners/${item}`,
      icon: IconPoint,
      labelKey: `nav.${item}`,
      component: () => <h1>{`page ${item}`}</h1>,
    }),
  ),
];

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
