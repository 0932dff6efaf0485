/** Dkron sorts all that it has scheduled at each job it gets: 100 000 would take it half an hour. */
const scheduled = 5_000;

/** Jobs such as a mobility gateway has: 1.4 KB each, a POST with a stringified body. */
export function benchJob(index: number): Record<string, unknown> {
  const body = JSON.stringify({
    partnerId: `71ec0a30-0000-4000-8000-${String(index).padStart(12, '0')}`,
    actionName: 'STATION_STATUS_SEARCH',
    positions: Array.from({ length: 12 }, (_, at) => ({
      lat: 48.1113 + ((index * 7 + at) % 100) / 1000,
      lng: -1.68 + ((index * 13 + at) % 100) / 1000,
      radius: 500,
    })),
  });
  return {
    name: nameOf(index),
    displayname: `Stations of partner ${index}`,
    schedule: farAway(index),
    timezone: index % 5 === 0 ? 'Europe/Paris' : '',
    owner: 'mobility',
    owner_email: 'mobility@example.org',
    disabled: index >= scheduled || index % 20 === 0,
    tags: {},
    metadata: { partner: `partner-${index % 40}` },
    retries: index % 4,
    concurrency: 'forbid',
    executor: 'http',
    executor_config: {
      method: 'POST',
      url: `http://127.0.0.1:9/v1/cache/refresh?partnerId=${index}`,
      headers: '["Content-Type: application/json"]',
      body,
      expectCode: '200',
      timeout: '30',
    },
  };
}

/** Names sort as they are numbered, so the first is the first row of the table. */
export const nameOf = (index: number): string =>
  `partner-stations-${String(index).padStart(6, '0')}`;

/** Once a year, half a year from now: no job runs while it is measured. */
function farAway(index: number): string {
  const month = ((new Date().getUTCMonth() + 6) % 12) + 1;
  return `0 ${index % 60} ${index % 24} ${(index % 28) + 1} ${month} *`;
}

/** One of them with a body of so many KB. */
export function bigJob(index: number, kilobytes: number): Record<string, unknown> {
  const job = benchJob(index);
  const position = { lat: 48.1113, lng: -1.68, radius: 500, name: 'a place among many others' };
  const count = Math.ceil((kilobytes * 1_000) / JSON.stringify(position).length);
  const body = JSON.stringify({ positions: Array.from({ length: count }, () => position) });
  return { ...job, executor_config: { ...(job['executor_config'] as object), body } };
}
