/** What a job asks its executor to do. */
import { type HttpRequest, httpRequest } from '../job/http.ts';
import type { Job } from '../job/job.ts';
import { bodyHead } from './body-head.ts';
import { group, texts } from './groups.ts';
import { type Line, quiet, toned } from './line.ts';

/** A long body shows so many lines of its head. */
export function requestLines(job: Job, columns: number, bodyRows: number): Line[] {
  const config = job.executor_config ?? {};
  if (job.executor !== 'http') {
    return group(job.executor === '' ? 'Executor' : job.executor, [
      ...Object.entries(config).flatMap(([key, value]) => texts(`${key}: ${value}`, columns)),
      ...(Object.keys(config).length === 0 ? [[quiet('no configuration')]] : []),
    ]);
  }
  const request = httpRequest(job);
  const known = ['method', 'url', 'headers', 'body'];
  const others = Object.entries(config).filter(
    ([key, value]) => !known.includes(key) && value !== '',
  );
  return [
    ...group('Request', texts(`${request.method} ${request.url}`, columns)),
    ...group('', headerLines(request, columns)),
    ...group(
      'Expects',
      others.length === 0
        ? [[quiet('nothing: any answer counts as success')]]
        : texts(others.map(([key, value]) => `${key} ${value}`).join('   '), columns),
    ),
    ...group('Body', bodyHead(request.body, bodyRows)),
  ];
}

function headerLines({ headers, headersValid }: HttpRequest, columns: number): Line[] {
  if (!headersValid)
    return [[toned('headers are not a JSON list of strings: Dkron sends none of them', 'bad')]];
  return headers.flatMap(({ name, value }) => texts(`${name}: ${value}`, columns));
}
