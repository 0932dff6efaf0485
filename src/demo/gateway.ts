/** The jobs of a mobility gateway, which the demo starts with: what each does and how it fares. */
import { Random } from './random.ts';

/**
 * How a job's calls end: `flaky` fails at times, `failing` for a while now, `lengthy` takes longer than until
 * it is called again, `never` has not been called yet.
 */
export type Fate = 'fine' | 'flaky' | 'failing' | 'lengthy' | 'never';

export interface GatewayJob {
  readonly name: string;
  readonly partner: string;
  /** What the cache manager is asked to do; "" for a shell job. */
  readonly action: string;
  readonly schedule: string;
  readonly timezone: string;
  readonly fate: Fate;
  /** Runs over the job's life. */
  readonly succeeded: number;
  readonly failed: number;
  /**
   * What else there is to it: `parent`, `owner`, `body`, `retries`, `forbid`, `disabled`, `lists` (a child that does
   * not exist), … Of what should have run and did not: `runs`, a run goes on that began so many minutes ago;
   * `orphan`, one of then has no end; `role`, a tag. `quicker`: all but its last runs were.
   */
  readonly extra: ReadonlyMap<string, string>;
}

const table = `
bornes-izivia          izivia    STATION_STATUS_SEARCH   | 0 */10 * * * *               | - | fine     8841   30 body=positions
blablacar-journeys     blablacar DRIVER_JOURNEYS_SEARCH  | 0 */20 * * * *               | - | fine     4530   17 body=positions
cache-purge            gateway   PURGE_EXPIRED           | CRON_TZ=Europe/Paris 0 0 1 * * SUN | - | fine 31    0 owner=platform
cache-warmup           gateway   WARM_UP                 | @manually                    | - | fine        6    1 owner=platform
citiz-stations         citiz     STATION_SEARCH          | @every 15m                   | - | fine      980    2 body=positions
citiz-vehicles         citiz     AVAILABLE_ASSET_SEARCH  | 0 */10 7-21 * * *            | Europe/Paris | fine 5602 9 body=positions
dott-assets            dott      AVAILABLE_ASSET_SEARCH  | @every 90s                   | - | flaky   58500  812 body=zones retries=1
dott-zones             dott      GLOBAL_VIEW_SEARCH      | 0 30 4 * * *                 | - | fine       63    0 body=zones
gbfs-lyon-stations     lyon      STATION_SEARCH          | 0 5 * * * *                  | - | fine     1508    8 body=positions
gbfs-lyon-status       lyon      STATION_STATUS_SEARCH   | 30 */2 * * * *               | - | flaky   43877  244 body=positions retries=2
gbfs-nantes-stations   nantes    STATION_SEARCH          | 0 10 * * * *                 | - | fine     1516    0 body=positions
gbfs-nantes-status     nantes    STATION_STATUS_SEARCH   | 15 */2 * * * *               | - | fine    44085   36 body=positions retries=2
gbfs-rennes-stations   rennes    STATION_SEARCH          | @hourly                      | - | fine     1512    4 body=positions
gbfs-rennes-status     rennes    STATION_STATUS_SEARCH   | 0 */2 * * * *                | - | fine    44102   19 body=positions retries=2
gbfs-rennes-zones      rennes    GLOBAL_VIEW_SEARCH      | @daily                       | - | fine       63    1 body=zones
gbfs-paris-import      paris     IMPORT_NETWORK          | 0 */5 * * * *                | - | fine     4100    3 body=zones forbid runs=25
getaround-assets       getaround AVAILABLE_ASSET_SEARCH  | 0 */5 * * * *                | - | failing 17602   96 body=positions retries=1
karos-journeys         karos     DRIVER_JOURNEYS_SEARCH  | 0 */15 6-10,16-20 * * MON-FRI | Europe/Paris | fine 1760 21 body=positions
keolis-realtime        keolis    STATION_STATUS_SEARCH   | 0 */2 * * * *                | - | failing 41120  370 body=positions retries=3 forbid
keolis-stations        keolis    STATION_SEARCH          | 0 15 */6 * * *               | - | fine      702    3 body=positions
keolis-tarifs          keolis    PRICING_PLAN_SEARCH     | 0 40 * * * *                 | - | fine      720    1 forbid orphan=130
keolis-zones           keolis    GLOBAL_VIEW_SEARCH      | 0 0 3 * * *                  | - | fine       88    0 body=zones
keolis-zones-index     keolis    INDEX_ZONES             |                              | - | fine       88    0 body=zones parent=keolis-zones
keolis-zones-publish   keolis    PUBLISH_ZONES           |                              | - | fine       86    2 parent=keolis-zones-index retries=1
lescar-covoiturage     lescar    DRIVER_JOURNEYS_SEARCH  | @hourly                      | - | fine       12    4 body=positions disabled
lime-assets            lime      AVAILABLE_ASSET_SEARCH  | @every 2m                    | - | fine    44009   88 body=zones
lime-prices            lime      PRICING_PLAN_SEARCH     | 0 0 6 1 * *                  | Europe/Paris | fine  2 0
maas-export            maas      -                       | 0 */15 * * * *               | - | never       0    0 owner=billing role=etl
maas-invoices          maas      -                       | 0 0 7 1 * *                  | Europe/Paris | fine 14 1 owner=billing retries=2 forbid
maas-nightly-report    maas      -                       | 0 30 2 * * *                 | Europe/Paris | fine 301 0 owner=billing
meteo-idf              idf       WEATHER_SEARCH          | 0 ~ * * * *                  | - | fine     1490    6 owner=platform
mobigo-arrets          mobigo    STATION_SEARCH          | 0 40 5 * * *                 | - | fine       21    0 body=zones lists=mobigo-arrets-purge
mobigo-arrets-index    mobigo    INDEX_ZONES             |                              | - | never       0    0 body=zones parent=mobigo-arrets
mobigo-horaires        mobigo    TIMETABLE_SEARCH        | @at 2031-01-05T06:00:00+01:00 | - | never      0    0
mobigo-migration       mobigo    MIGRATE_PARTNER         | @manually                    | - | never       0    0 owner=platform
navettes-noel          rennes    TIMETABLE_SEARCH        | 0 */30 8-20 * * *            | Europe/Paris | fine 640 3 body=positions expires=2026-01-06T00:00:00+01:00
parkings-effia         effia     PARKING_SEARCH          | 0 */5 * * * *                | - | fine     9120    2 body=positions disabled
parkings-indigo        indigo    PARKING_SEARCH          | 45 */5 * * * *               | - | fine    17690    8 body=positions
parkings-rennes        rennes    PARKING_SEARCH          | @minutely                    | - | fine    88230    5 body=positions
partner-probe          gateway   PROBE                   | @every 30s                   | - | fine   176204   51 owner=platform forbid
pony-assets            pony      AVAILABLE_ASSET_SEARCH  | 0 */3 * * * *                | - | fine    29400   12 body=zones
redis-backup           gateway   -                       | @midnight                    | - | fine      212    3 owner=platform quicker
tier-assets            tier      AVAILABLE_ASSET_SEARCH  | @every 1m                    | - | fine    88110   61 body=zones forbid
tier-zones             tier      GLOBAL_VIEW_SEARCH      | 0 0 4 * * *                  | - | fine       62    1 body=zones
velib-prices           velib     PRICING_PLAN_SEARCH     | 0 0 5 * * MON                | Europe/Paris | fine  9 0
velib-stations         velib     STATION_SEARCH          | 0 20 */4 * * *               | - | fine      377    2 body=positions
velib-status           velib     STATION_STATUS_SEARCH   | @every 20s                   | - | lengthy 264004  120 body=positions retries=1 forbid
`;

export const displayNames: ReadonlyMap<string, string> = new Map([
  ['citiz-stations', 'Citiz autopartage'],
  ['gbfs-rennes-status', 'STAR le vélo, status'],
  ['keolis-realtime', 'Keolis Rennes, real time'],
  ['maas-nightly-report', 'Nightly report'],
  ['velib-status', 'Vélib’ Métropole, status'],
]);

export const commands: ReadonlyMap<string, string> = new Map([
  ['maas-export', '/opt/maas/bin/export --since last'],
  ['maas-invoices', '/opt/maas/bin/invoices --month last'],
  ['maas-nightly-report', '/opt/maas/bin/report --day yesterday --mail'],
  [
    'redis-backup',
    'for slot in 1 2 3 4 5 6 7 8; do echo saved slot $slot of 8; sleep 2; done; echo written /backup/redis.rdb',
  ],
]);

function readRow(row: string): GatewayJob {
  const [head = '', schedule = '', timezone = '', tail = ''] = row
    .split('|')
    .map((cell) => cell.trim());
  const [name = '', partner = '', action = ''] = head.split(/ +/);
  const [fate, succeeded, failed, ...extra] = tail.split(/ +/);
  return {
    name,
    partner,
    action: action === '-' ? '' : action,
    schedule,
    timezone: timezone === '-' ? '' : timezone,
    fate: fate as Fate,
    succeeded: Number(succeeded),
    failed: Number(failed),
    extra: new Map(
      extra.map((word) => word.split('=')).map(([key, value]) => [key!, value ?? 'true']),
    ),
  };
}

/** Ordered by name, and parents before their children. */
export const gatewayJobs: readonly GatewayJob[] = table.trim().split('\n').map(readRow);

/** The cache manager knows partners by their id. */
export const partnerId = (partner: string): string => new Random(partner).uuid();
