/** For how long the demo's gateway keeps what its jobs fetch, as its table cache_param has it. */

const table = `
action,partner,soft_ttl,hard_ttl
AVAILABLE_ASSET_SEARCH,citiz,20,480
AVAILABLE_ASSET_SEARCH,getaround,10,15
AVAILABLE_ASSET_SEARCH,lime,5,10
AVAILABLE_ASSET_SEARCH,pony,10,20
AVAILABLE_ASSET_SEARCH,tier,5,10
DRIVER_JOURNEYS_SEARCH,blablacar,30,45
GLOBAL_VIEW_SEARCH,dott,2880,4320
GLOBAL_VIEW_SEARCH,tier,2880,5760
PARKING_SEARCH,indigo,15,30
PARKING_SEARCH,rennes,5,10
STATION_SEARCH,citiz,60,120
STATION_SEARCH,keolis,720,1440
STATION_SEARCH,lyon,120,240
STATION_SEARCH,voi,60,120
STATION_STATUS_SEARCH,izivia,30,60
STATION_STATUS_SEARCH,rennes,5,10
STATION_STATUS_SEARCH,velib,2,4
`;

/** With a job in breach: blablacar-journeys, and citiz-vehicles because of its nights. */
export const demoTtls = {
  from: { text: table.trim() },
  match: { action: 'query.actionName', partner: 'metadata.partner' },
  soft: 'soft_ttl',
  hard: 'hard_ttl',
  unit: 'min',
} as const;
