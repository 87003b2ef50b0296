import { useState } from "react";
import { Dialog } from "../../components/dialog.js";
import { useWords } from "../../i18n/index.js";
import { areKeysOn, FIELD_KEYS, KEYS, switchKeys } from "./keys.js";

export function Help({ onClose }: { readonly onClose: () => void }) {
  const t = useWords();
  const [on, setOn] = useState(areKeysOn);
  return (
    <Dialog title={t("key.title")} onClose={onClose}>
      <dl className="keys">
        {[...KEYS, ...FIELD_KEYS].map(({ keys, word }) => (
          <div key={word}>
            <dt>{t(word)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key.length === 1 ? key.toUpperCase() : key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="note">{t("key.note")}</p>
      <label className="check">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            switchKeys(event.currentTarget.checked);
            setOn(event.currentTarget.checked);
          }}
        />
        {t("key.on")}
      </label>
    </Dialog>
  );
}
