import "i18next";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      common: typeof import("../../resources/locales/en/common.json");
      shell: typeof import("../../resources/locales/en/shell.json");
      failures: typeof import("../../resources/locales/en/failures.json");
      desk: typeof import("../../resources/locales/en/desk.json");
      work: typeof import("../../resources/locales/en/work.json");
      devices: typeof import("../../resources/locales/en/devices.json");
      overview: typeof import("../../resources/locales/en/overview.json");
      portal: typeof import("../../resources/locales/en/portal.json");
      account: typeof import("../../resources/locales/en/account.json");
      access: typeof import("../../resources/locales/en/access.json");
    };
  }
}
