import { parentPort, workerData } from "node:worker_threads";
import { catalogueFrom } from "../catalogue/index.js";
import { serve, ThreadReader, type WorkerStart } from "./extractor.js";

if (parentPort) {
  const { ocr, own } = workerData as WorkerStart;
  serve(parentPort, new ThreadReader({ ocr, ...(own ? { catalogue: catalogueFrom(own.text, own.name) } : {}) }));
}
