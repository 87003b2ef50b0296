import { type FormEvent, useState } from "react";
import type { Clipping, ClippingDetail } from "../../server/contract/index.js";
import { ApiProblem, send } from "../api/client.js";
import { Combobox } from "../components/combobox.js";
import { findRegions } from "../components/find.js";
import { useSpeech, type Word } from "../i18n/index.js";

interface Props {
  readonly clipping: Clipping;
  onClose(): void;
  onSaved(detail: ClippingDetail): void;
}

const FIELDS = [
  ["title", "clipping.fieldTitle"],
  ["publisher", "clippings.publisher"],
  ["published", "clippings.published"],
  ["url", "clipping.url"],
] as const satisfies readonly (readonly [string, Word])[];

/** What a person knows of a clipping that it does not say itself. */
export function AboutForm({ clipping, onClose, onSaved }: Props) {
  const { t, language } = useSpeech();
  const { about } = clipping;
  const [region, setRegion] = useState({ code: about.region, name: clipping.regionName?.[language] ?? "" });
  const [error, setError] = useState<unknown>();
  const problem = error instanceof ApiProblem ? error : undefined;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const told = Object.fromEntries(FIELDS.map(([name]) => [name, String(form.get(name) ?? "").trim() || null]));
    try {
      onSaved(await send<ClippingDetail>("PATCH", `/clippings/${clipping.id}`, { ...told, region: region.code }));
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <form className="about-form" onSubmit={(event) => void submit(event)}>
      {FIELDS.map(([name, word]) => (
        <div className="field" key={name}>
          <label htmlFor={`about-${name}`}>{t(word)}</label>
          <input
            id={`about-${name}`}
            name={name}
            defaultValue={about[name] ?? ""}
            aria-invalid={problem?.field(name) ? true : undefined}
          />
          {problem?.field(name) ? <span className="wrong">{problem.field(name)}</span> : null}
        </div>
      ))}
      <Combobox
        label={t("field.region")}
        shown={region.name}
        find={(text) => findRegions(text, language)}
        onChoose={(choice) => setRegion({ code: choice?.value ?? null, name: choice?.label ?? "" })}
      />
      {error ? (
        <p className="wrong" role="alert">
          {problem?.message ?? String(error)}
        </p>
      ) : null}
      <div className="dialog-acts">
        <button type="submit" className="button is-first">
          {t("action.save")}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {t("action.cancel")}
        </button>
      </div>
    </form>
  );
}
