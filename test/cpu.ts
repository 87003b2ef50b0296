/** Milliseconds of processor time since `before`: tests share their machine, so that the clock on the wall says little. */
export function cpuMs(before?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
