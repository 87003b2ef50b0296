import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { apiAddress } from "./client.js";

/** While much is read in, what is shown is asked for again at most this often. */
const PAUSE_MS = 3000;

/** Follows what others change, so that what is shown does not grow old. */
export function useLive(on: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!on) return;
    const events = new EventSource(apiAddress("/events"));
    let timer: number | undefined;
    const changed = () => {
      timer ??= window.setTimeout(() => {
        timer = undefined;
        void refresh(client);
      }, PAUSE_MS);
    };
    events.addEventListener("changed", changed);
    return () => {
      window.clearTimeout(timer);
      events.close();
    };
  }, [on, client]);
}

/** What is stored is another now: all that is shown of it is asked for again. */
export const refresh = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: ["stored"] });
