/** Other names of commands: what fingers type that come from vi, k9s and a shell. */
const names: Readonly<Record<string, readonly string[]>> = {
  quit: ['q', 'q!', 'qa', 'qa!', 'qall', 'quit!', 'exit', 'cq'],
  'save-quit': ['wq', 'wq!', 'wqa', 'x', 'x!', 'xa'],
  write: ['w', 'w!', 'wa'],
  jobs: ['job-list', 'list', 'home'],
  help: ['h', 'keys'],
  run: ['exec', 'trigger'],
  snapshot: ['backup'],
  delete: ['rm', 'del'],
  editor: ['e'],
  executions: ['runs'],
  output: ['logs'],
  log: ['history'],
  raw: ['json', 'yaml'],
  undo: ['u'],
  refresh: ['reload', 'e!'],
};

/** The command that each other name means. */
export const aliases: ReadonlyMap<string, string> = new Map(
  Object.entries(names).flatMap(([command, others]) =>
    others.map((other) => [other, command] as const),
  ),
);
