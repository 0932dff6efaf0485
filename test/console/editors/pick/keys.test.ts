import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import type { Job } from '../../../../src/job/job.ts';
import { lineText } from '../../../../src/view/line.ts';
import { press, showing, type } from '../../states.ts';

const job: Partial<Job> = {
  name: 'job',
  schedule: '@manually',
  executor: 'http',
  executor_config: { method: 'GET', url: 'http://a/', expectCode: '200' },
};
const editing = (path: string, on = job): State =>
  press(showing([on]), ':', ...type(`edit ${path}`), 'enter');
const shown = (state: State): string[] =>
  frameOf(state).lines.map((line) => lineText(line).trimEnd());
/** What the plan that is shown would change. */
const planned = (state: State): unknown => {
  const screen = topScreen(state);
  return screen.kind === 'plan' ? screen.plan?.items[0]?.changes : undefined;
};

describe('a field that has few values', () => {
  it.each<[path: string, values: string[]]>([
    ['disabled', ['true', 'false   as it is']],
    ['ephemeral', ['true', 'false   as it is']],
    ['concurrency', ['allow   as it is', 'forbid']],
    ['executor_config.tlsNoVerifyPeer', ['true', 'false', 'not set   as it is']],
    ['executor_config.debug', ['not set   as it is', 'true']],
  ])('%s is chosen from a list', (path, values) => {
    const lines = shown(editing(path));
    for (const value of values) expect(lines.map((line) => line.slice(3))).toContain(value);
  });

  it('begins at what it has, and the choice becomes a plan', () => {
    const list = editing('concurrency');
    expect(shown(list)).toContain('▌  allow   as it is');
    const chosen = press(list, 'down', 'enter');
    expect(planned(chosen)).toMatchObject([
      { path: 'concurrency', before: 'allow', after: 'forbid' },
    ]);
    expect(press(list, 'enter').overlay).toBeNull();
    expect(planned(press(list, 'enter'))).toBeUndefined();
    expect(press(list, 'esc').overlay).toBeNull();
  });

  it('says of each value what is wrong with it before it is taken', () => {
    const lines = shown(press(editing('executor_config.debug'), 'down'));
    expect(lines.join('\n')).toContain('prints all settings into the output');
  });

  it('takes anything else where that may stand', () => {
    const list = editing('executor');
    expect(shown(list)).toContain('   grpc');
    const other = press(list, 'up');
    expect(shown(other)).toContain('▌  something else…');
    expect(press(other, 'enter').overlay).toMatchObject({ kind: 'value', keys: ['executor'] });
  });

  it('takes the next of its values on space, and other fields do not', () => {
    const fields = press(showing([job]), 'E', 'j', 'j', 'j');
    expect(planned(press(fields, 'space'))).toMatchObject([
      { path: 'disabled', before: 'false', after: 'true' },
    ]);
    expect(press(press(fields, 'k'), 'space').flash?.text).toContain(
      'press enter to edit this field',
    );
  });
});

describe('the editor of a value', () => {
  const bad = { ...job, executor_config: { ...job.executor_config, headers: '{"A": "b"}' } };

  it('says of headers that are known to be bad what every other door says', () => {
    const lines = shown(editing('executor_config.headers', bad));
    expect(lines).toContain(' ! is not a JSON list of "Name: value": Dkron sends no headers');
    expect(lines.join('\n')).not.toContain('✓');
  });

  it('says it anew at every key, and is content when it is mended', () => {
    const timeout = press(editing('executor_config.timeout'), ...type('30s'));
    expect(shown(timeout)).toContain(' ! is not a whole number of seconds: Dkron uses 30');
    expect(shown(press(timeout, 'backspace')).join('\n')).toContain('✓');
  });

  it('saves nothing that Dkron would refuse', () => {
    const shell = { ...job, executor: 'shell', executor_config: { command: 'true' } };
    const after = press(editing('executor_config.timeout', shell), ...type('30'), 'enter');
    expect(after.overlay?.kind).toBe('value');
    expect(after.flash).toEqual({
      level: 'error',
      text: 'not saved: executor_config.timeout: is not a duration: write 30s, 5m or 1h30m',
    });
  });
});
