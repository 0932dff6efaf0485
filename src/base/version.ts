declare const __VERSION__: string | undefined;

/** This program's version; the bundler writes it in. */
export const version = typeof __VERSION__ === 'string' ? __VERSION__ : 'development';
