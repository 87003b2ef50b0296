import { parentPort, workerData } from "node:worker_threads";
import { catalogueFrom } from "../catalogue/index.js";
import { serve, ThreadReader, type WorkerStart } from "./extractor.js";

const { ocr, own } = workerData as WorkerStart;
if (parentPort)
  serve(parentPort, new ThreadReader({ ocr, ...(own ? { catalogue: catalogueFrom(own.text, own.name) } : {}) }));
