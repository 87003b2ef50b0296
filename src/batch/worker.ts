import { parentPort, workerData } from "node:worker_threads";
import { catalogueFrom } from "../catalogue/index.js";
import { changeLimits } from "../ingest/limits.js";
import { type Answer, type OnPageOf, serve, ThreadReader, type WorkerStart } from "./extractor.js";

if (parentPort) {
  const { ocr, own, limits } = workerData as WorkerStart;
  changeLimits(limits ?? {});
  // each thread has OCR of its own: one process, not as many as there are threads
  const alone = ocr === false ? ocr : { ...(ocr === true ? {} : ocr), workers: 1 };
  const onPage: OnPageOf = (_, page, of) => parentPort?.postMessage({ page, of } satisfies Answer);
  const catalogue = own ? { catalogue: catalogueFrom(own.text, own.name) } : {};
  serve(parentPort, new ThreadReader({ ocr: alone, ...catalogue, onPage }));
}
