import { IconUsers } from "@tabler/icons-react";
import type { Feature } from "../../../shell/navigation.ts";
import { UserRoute } from "./detail/user-route.tsx";
import { askOfSearch, searchOfAsk } from "./user-search.ts";
import { UsersPage } from "./users-page.tsx";

/** Who the organisation has, and which role each holds (ACC-2, AUTH-1): granted here, never made. */
export const usersFeature: Feature = {
  item: "users",
  path: "/account/users",
  icon: IconUsers,
  labelKey: "nav.users",
  component: UsersPage,
  children: [{ path: "$personId", component: UserRoute }],
  validateSearch: (search) => searchOfAsk(askOfSearch(search)),
};
