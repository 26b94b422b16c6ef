import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  type RouterHistory,
} from "@tanstack/react-router";
import { useViewer } from "../data/session.ts";
import { FeaturesProvider, useFeatures } from "./features.ts";
import { Gate } from "./gate.tsx";
import { Guarded } from "./guarded.tsx";
import { Missing } from "./missing.tsx";
import { type Feature, homePath } from "./navigation.ts";
import { PageCrash } from "./page-crash.tsx";

/** Where the viewer's day begins. */
const Home = () => <Navigate to={homePath(useViewer(), useFeatures())} replace />;

/** Assembles the shell's routes from the built features. The address lives in the hash: the page is a file. */
export const makeRouter = (
  features: readonly Feature[],
  history: RouterHistory = createHashHistory(),
) => {
  const root = createRootRoute({
    component: () => (
      <FeaturesProvider features={features}>
        <Gate />
      </FeaturesProvider>
    ),
    notFoundComponent: Missing,
  });
  const home = createRoute({
    getParentRoute: () => root,
    path: "/",
    component: Home,
  });
  const pages = features.map((feature) => {
    const page = createRoute({
      getParentRoute: () => root,
      path: feature.path,
      component: () => <Guarded feature={feature} />,
      ...(feature.validateSearch === undefined ? {} : { validateSearch: feature.validateSearch }),
    });
    return feature.children === undefined
      ? page
      : page.addChildren(
          feature.children.map(({ path, component }) =>
            createRoute({ getParentRoute: () => page, path, component }),
          ),
        );
  });
  return createRouter({
    routeTree: root.addChildren([home, ...pages]),
    history,
    defaultErrorComponent: PageCrash,
    defaultPendingMinMs: 0,
  });
};

/** The shell's router. */
export type AppRouter = ReturnType<typeof makeRouter>;
