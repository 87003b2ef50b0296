import type { Browser } from "playwright-core";

export function findBrowser(): string;
export function startBrowser(): Promise<Browser>;
