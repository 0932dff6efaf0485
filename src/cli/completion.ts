import { Argument, type Command } from 'commander';

export function register(program: Command): void {
  program
    .command('completion')
    .description('print a completion script: source <(dkron-tui completion bash)')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(scripts)))
    .action((shell: keyof typeof scripts, _options, command: Command) => {
      command.configureOutput().writeOut?.(scripts[shell](program));
    });
}

const scripts = {
  bash,
  zsh: (program: Command) => `autoload -U +X bashcompinit && bashcompinit\n${bash(program)}`,
  fish,
};

/** The words that may follow a command: what it is divided into, its options, the program's. */
function wordsAfter(command: Command, program: Command): string {
  const children = command.commands.map((child) => child.name());
  const options = [...command.options, ...program.options].flatMap(({ long }) => long ?? []);
  return [...new Set([...children, ...options])].join(' ');
}

/** The file of contexts is looked at when they are asked for. */
const names = 'dkron-tui contexts list --names 2>/dev/null';

function bash(program: Command): string {
  const cases = program.commands.map(
    (command) => `    ${command.name()}) words="${wordsAfter(command, program)}" ;;`,
  );
  return `_dkron_tui() {
  local words before="\${COMP_WORDS[COMP_CWORD-1]}"
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    *) words="${wordsAfter(program, program)}" ;;
  esac
  case "$before" in
    --context|--from-context|--to-context) words="$(${names})" ;;
    use|remove|test) if [ "\${COMP_WORDS[1]}" = contexts ]; then words="$(${names})"; fi ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _dkron_tui dkron-tui
`;
}

function fish(program: Command): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const option = (where: string, { long, description }: Command['options'][number]) =>
    long ? [`complete -c dkron-tui ${where}-l ${long.slice(2)} -d ${quoted(description)}`] : [];
  return `${[
    ...program.options.flatMap((each) => option('', each)),
    ...['context', 'from-context', 'to-context'].map(
      (option) => `complete -c dkron-tui -l ${option} -x -a '(${names})'`,
    ),
    `complete -c dkron-tui -n '__fish_seen_subcommand_from use remove test' -x -a '(${names})'`,
    ...program.commands.flatMap((command) => [
      `complete -c dkron-tui -n __fish_use_subcommand -a ${command.name()} -d ${quoted(command.description())}`,
      ...command.options.flatMap((each) =>
        option(`-n '__fish_seen_subcommand_from ${command.name()}' `, each),
      ),
    ]),
  ].join('\n')}\n`;
}
