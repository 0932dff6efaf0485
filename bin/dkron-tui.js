#!/usr/bin/env node
'use strict';
// Plain old JavaScript: this file has to run on a Node that is too old, to say so. And CommonJS, here
// and beside it: Node has loaded that when the other kind only begins to load.
const [major, minor] = process.versions.node.split('.').map(Number);

// Node would warn that NO_COLOR is ignored then; here it counts first (src/terminal/colours.ts).
if (process.env.NO_COLOR) delete process.env.FORCE_COLOR;

if (major < 22 || (major === 22 && minor < 19)) require('./too-old.js');
else if (!require('./texts.js').answer(process.argv.slice(2), process.env)) require('./start.js');
