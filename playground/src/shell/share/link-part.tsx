// A link to what is on the page, with weights, for embedding, for a class.

import { useEffect, useState } from "preact/hooks";
import { useApp, useSlice, useText } from "../../app/index.ts";
import { type LinkWeights, MOST_LETTERS, makeLink, SAFE_LETTERS } from "../../codec/index.ts";
import { CONTROLS, type ControlName, hashOf, type TeacherSpec } from "../../state/index.ts";
import { Check } from "./check.tsx";

export function LinkPart() {
  const app = useApp();
  const text = useText("share");
  const state = useSlice((whole) => whole);
  const [weights, setWeights] = useState<LinkWeights | "coming" | null>(null);
  const [isEmbedded, setEmbedded] = useState(false);
  const [hidden, setHidden] = useState<readonly ControlName[]>([]);
  const [lockSeed, setLockSeed] = useState(false);
  const [url, setUrl] = useState("");
  const { settings, view, route, language } = state;

  useEffect(() => {
    // A link without those that are wished for is not what is wished for.
    if (weights === "coming") {
      setUrl("");
      return;
    }
    let isCurrent = true;
    const isForClass = hidden.length > 0 || lockSeed;
    const teacher: TeacherSpec | null = isForClass ? { hide: hidden, lockSeed, goal: null } : null;
    void makeLink({ settings, view, teacher, ...(weights && { weights }) }).then((s) => {
      if (isCurrent) setUrl(s.length > MOST_LETTERS ? "" : addressOf(s));
    });
    const addressOf = (s: string) => {
      const address = new URL(location.href);
      address.search = "";
      address.searchParams.set("lang", language);
      if (isEmbedded) address.searchParams.set("embed", "1");
      address.hash = hashOf(route, `s=${s}`);
      return address.href;
    };
    return () => {
      isCurrent = false;
    };
  }, [settings, view, route, language, weights, isEmbedded, hidden, lockSeed]);

  const takeWeights = async (isWanted: boolean) => {
    setWeights(isWanted ? "coming" : null);
    if (!isWanted) return;
    const found = await app
      .training()
      .ask("snapshot", { cells: 4 })
      .catch(() => null); // where nothing could be loaded there are none
    setWeights((before) => (before === "coming" ? (found?.weights ?? null) : before));
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      app.announcer.show(text.copied);
    } catch {
      app.announcer.show(text.notCopied);
    }
  };
  const hasRun = app.training().frames.info.value !== null;
  return (
    <section aria-labelledby="share-link">
      <h3 id="share-link">{text.link}</h3>
      <p class="hint">{text.linkHelp}</p>
      {hasRun && (
        <Check
          label={text.withWeights}
          isOn={weights !== null}
          onChange={(on) => void takeWeights(on)}
        />
      )}
      <Check label={text.embed} isOn={isEmbedded} onChange={setEmbedded} />
      <details>
        <summary>{text.teacher}</summary>
        <p class="hint">{text.teacherHelp}</p>
        {CONTROLS.map((name) => (
          <Check
            key={name}
            label={text.hide[name]}
            isOn={hidden.includes(name)}
            onChange={(on) =>
              setHidden(on ? [...hidden, name] : hidden.filter((one) => one !== name))
            }
          />
        ))}
        <Check label={text.lockSeed} isOn={lockSeed} onChange={setLockSeed} />
      </details>
      <div class="link-row">
        <input
          type="text"
          readOnly
          value={url}
          aria-label={text.address}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" onClick={() => void copy()} disabled={url === ""}>
          {text.copy}
        </button>
      </div>
      {url === "" && weights !== null && weights !== "coming" && <p class="hint">{text.tooLong}</p>}
      {url.length > SAFE_LETTERS && <p class="hint">{text.long(url.length)}</p>}
    </section>
  );
}
