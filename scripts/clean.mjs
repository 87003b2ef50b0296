// Empties dist/ so that nothing deleted from src/ lives on there.
import { rmSync } from "node:fs";

rmSync(new URL("../dist", import.meta.url), { recursive: true, force: true });
