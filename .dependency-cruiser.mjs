/** The floors of docs/architecture.md: a room imports only from rooms below it. */
const floors = [
  'cli',
  'ui',
  'console',
  'plan',
  'contexts',
  'why',
  'runs',
  'snapshot',
  'cluster',
  'oversight',
  'forward',
  'dkron',
  'view',
  'journal',
  'job',
  'schedule',
  'json',
  'terminal',
  'config',
  'base',
];

/** The storeys inside the console, the highest first; those of one line do not know each other. */
const storeys = [
  ['host.ts'],
  ['inside.ts'],
  ['session.ts'],
  ['first-frame.ts'],
  ['ticking.ts', 'working.ts'],
  ['store.ts'],
  ['log/'],
  ['update/', 'frame/'],
  ['overlays/'],
  ['registry.ts'],
  ['actions/'],
  ['screens/'],
  ['editors/', 'effects/'],
  ['state/'],
];

const above = (room) => floors.slice(0, floors.indexOf(room));
const pattern = (names) => names.join('|').replaceAll('.', '\\.');
const only = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    ...floors.slice(1).map((room) => ({
      name: `floor-${room}`,
      comment: `src/${room} imports only from the rooms below it`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: `^src/(main\\.ts|demo/|(${above(room).join('|')})/)` },
    })),
    ...storeys.slice(1).flatMap((names, at) =>
      names.map((name) =>
        only(
          `storey-${name}`,
          `src/console/${name} imports only from the storeys below it`,
          { path: `^src/console/${pattern([name])}` },
          {
            path: `^src/console/(${pattern([...storeys.slice(0, at + 1).flat(), ...names])})`,
            pathNot: `^src/console/${pattern([name])}`,
          },
        ),
      ),
    ),
    only(
      'every-storey-is-known',
      'a new part of the console has its place in the list of storeys',
      { path: '^src/' },
      {
        path: '^src/console/',
        pathNot: `^src/console/(${pattern(storeys.flat())})`,
      },
    ),
    only(
      'a-folder-a-screen',
      'the screens are known by the table alone, so that a new one is a folder and a row',
      { path: '^src/console/', pathNot: '^src/console/screens/(table|[a-z]+/)' },
      { path: '^src/console/screens/[a-z]+/screen\\.ts$' },
    ),
    only(
      'demo-is-apart',
      'the demo server knows schedules and jobs only, so that it cannot agree with the client by sharing its code',
      { path: '^src/demo/' },
      { path: '^src/', pathNot: '^src/(demo|job|schedule|json|base)/' },
    ),
    only(
      'ink-only-in-ui',
      'Ink and React are drawn with in one room; every other starts without them',
      { path: '^src/', pathNot: '^src/ui/' },
      { path: 'node_modules/(ink|react)/' },
    ),
    only(
      'no-network-but-in-dkron',
      'undici belongs to the client',
      { path: '^src/', pathNot: '^src/(dkron|demo)/' },
      { path: 'node_modules/undici/|^(node:)?(http|https|net|tls)$' },
    ),
    only(
      'pure-rooms',
      'rules are functions from values to values',
      { path: '^src/(job|schedule|json|base)/' },
      { dependencyTypes: ['core'] },
    ),
    only(
      'screens-touch-no-files',
      'components draw; effects live in console',
      { path: '^src/ui/' },
      {
        path: '^(node:)?fs(/promises)?$',
      },
    ),
    only(
      'one-write-door',
      'what sends a write is called by the door alone: it reads before, journals, and reads after',
      { path: '^src/', pathNot: '^src/dkron/write/' },
      { path: '^src/dkron/write/(calls|requests|send)\\.ts$' },
    ),
    only(
      'one-way-out',
      'who holds a client can read with it; what sends by its connection is the door',
      { path: '^src/', pathNot: '^src/dkron/(write/|(client|sender)\\.ts$)' },
      { path: '^src/dkron/(sender|transport)\\.ts$' },
    ),
    only(
      'twins-are-apart',
      'a command opens a console; what both print with is in view',
      { path: '^src/cli/' },
      { path: '^src/console/', pathNot: '^src/console/(host|inside|session|store)\\.ts$' },
    ),
    only('no-cycles', 'two files that need each other are one idea', {}, { circular: true }),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      // Ink and others can be had by `exports` only.
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
