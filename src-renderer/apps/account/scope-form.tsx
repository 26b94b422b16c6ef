import { MultiSelect, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Scope } from "#shared/access/scope.ts";
import { useViewer } from "../../data/session.ts";
import { useFacets } from "../../data/use-facets.ts";
import classes from "./scope-form.module.css";

/** Whether two scopes say the same. */
export const sameScope = (a: Scope | null, b: Scope | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/**
 * Chooses where permissions apply: own visits, some regions, some customers. Inside `within`, which
 * the choice can narrow and never widen (FED-10); a customer has but regions to choose.
 */
export const ScopeForm = ({
  value,
  within,
  disabled = false,
  onChange,
}: {
  value: Scope;
  within: Scope;
  disabled?: boolean;
  onChange: (scope: Scope) => void;
}) => {
  const { t } = useTranslation("account");
  const partner = useViewer().tenant.kind === "partner";
  const facets = useFacets();
  const regions = within.regions ?? facets.regions;
  const customers = facets.customers.filter(
    ({ id }) => within.customerIds === null || within.customerIds.includes(id),
  );
  return (
    <div className={classes.form}>
      {partner && (
        <Switch
          size="sm"
          label={t("scopeForm.ownVisits")}
          classNames={{ description: classes.about }}
          description={t(
            within.ownVisits ? "scopeForm.ownVisitsByRole" : "scopeForm.ownVisitsText",
          )}
          checked={value.ownVisits || within.ownVisits}
          disabled={disabled || within.ownVisits}
          onChange={(event) => onChange({ ...value, ownVisits: event.currentTarget.checked })}
        />
      )}
      <Names
        label={t("scopeForm.someRegions")}
        text={t("scopeForm.regionsText")}
        choices={regions.map((region) => ({ value: region, label: region }))}
        value={value.regions}
        disabled={disabled}
        onChange={(chosen) => onChange({ ...value, regions: chosen })}
      />
      {partner && (
        <Names
          label={t("scopeForm.someCustomers")}
          text={t("scopeForm.customersText")}
          choices={customers.map(({ id, name }) => ({ value: id, label: name }))}
          value={value.customerIds}
          disabled={disabled}
          onChange={(chosen) => onChange({ ...value, customerIds: chosen })}
        />
      )}
    </div>
  );
};

/** All of them (null), or those that are named. */
const Names = ({
  label,
  text,
  choices,
  value,
  disabled,
  onChange,
}: {
  label: string;
  text: string;
  choices: readonly { value: string; label: string }[];
  value: string[] | null;
  disabled: boolean;
  onChange: (value: string[] | null) => void;
}) => {
  const { t } = useTranslation("account");
  const listed = new Set(choices.map((choice) => choice.value));
  // What was chosen before and is not here to choose stays chosen.
  const others = (value ?? []).filter((one) => !listed.has(one));
  return (
    <div>
      <Switch
        size="sm"
        label={label}
        classNames={{ description: classes.about }}
        description={text}
        checked={value !== null}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked ? [] : null)}
      />
      {value !== null && (
        <MultiSelect
          size="xs"
          className={classes.names}
          aria-label={label}
          placeholder={value.length === 0 ? t("scopeForm.choose") : ""}
          searchable
          clearable
          hidePickedOptions
          disabled={disabled}
          data={[
            ...choices,
            ...others.map((one) => ({ value: one, label: t("scope.unknownCustomer") })),
          ]}
          value={value}
          error={value.length === 0 ? t("scopeForm.nothing") : null}
          onChange={onChange}
        />
      )}
    </div>
  );
};
