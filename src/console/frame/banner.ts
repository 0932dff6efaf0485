/** The line that says that it is not surely the cluster that is shown that answers. */
import { width } from '../../terminal/cell.ts';
import { fitLine } from '../../view/compose.ts';
import type { Line } from '../../view/line.ts';
import type { State } from '../state/model.ts';

/** In place of the title, over the whole width; null where there is no doubt. */
export function banner({ cluster, columns }: State): Line | null {
  if (cluster.kind !== 'unsure' && cluster.kind !== 'another') return null;
  const { name, instead, why } = cluster;
  const ways =
    cluster.kind === 'another'
      ? [
          ` ANOTHER CLUSTER answers: ${instead}, not ${name}. Nothing is written. C shows it · ${why} `,
          ` ANOTHER CLUSTER answers: ${instead}, not ${name}. Nothing is written. C shows it `,
          ` ANOTHER CLUSTER answers, not ${name}. Nothing is written. C shows it `,
        ]
      : [
          ` IS THIS ${name}? Nothing is written before you say so: = it is · C another · ${why} `,
          ` IS THIS ${name}? Nothing is written. = it is · C another `,
        ];
  const text = ways.find((way) => width(way) <= columns) ?? ways.at(-1)!;
  return fitLine([{ text: text.padEnd(columns), tone: 'bad', inverse: true, bold: true }], columns);
}
