/** What is wrong with a YAML file, in an operator's words. */

import type { ErrorCode } from 'yaml';
import { own } from '../../base/own.ts';

const sentences: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'a reference (*) has something in front of it: put the value in double quotes',
  BAD_ALIAS: 'a value that begins with * is a reference in YAML: put it in double quotes',
  BAD_COLLECTION_TYPE: 'this tag (!) does not fit what follows it',
  BAD_DIRECTIVE: 'a line that begins with % is an instruction in YAML, and this one is unknown',
  BAD_DQ_ESCAPE:
    'the backslash in these double quotes is not valid here: write \\\\, or use single quotes',
  BAD_INDENT: 'this line is indented differently from those it belongs to',
  BAD_PROP_ORDER: 'an anchor (&) or tag (!) is in the wrong place',
  BAD_SCALAR_START: 'a value cannot begin with this character: put it in double quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'a second "name: value" is on the line: put the value in double quotes, or begin a new line',
  BLOCK_IN_FLOW: 'inside { } and [ ] there can be no indented lines of their own',
  DUPLICATE_KEY: 'this name is twice in the same place',
  IMPOSSIBLE: 'this cannot be read',
  KEY_OVER_1024_CHARS: 'the name in front of this colon is longer than 1024 characters',
  MISSING_CHAR: 'a quote that is never closed, a bracket, comma, colon or space is missing here',
  MULTILINE_IMPLICIT_KEY: 'the name in front of a colon must be on one line',
  MULTIPLE_ANCHORS: 'there are two anchors (&) for one value',
  MULTIPLE_DOCS: 'there is more than one document',
  MULTIPLE_TAGS: 'there are two tags (!) for one value',
  NON_STRING_KEY: 'a name must be text',
  RESOURCE_EXHAUSTION: 'this is nested too deep to be read',
  TAB_AS_INDENT: 'the line is indented with a tab: YAML takes spaces only',
  TAG_RESOLVE_FAILED: 'this tag (!) is unknown here: leave it out',
  UNEXPECTED_TOKEN: 'YAML does not allow this here: put the value in double quotes',
};

/** Schedules begin with what YAML has uses for: `@daily`, a star. */
export const yamlWords = (code: ErrorCode): string => own(sentences, code) ?? sentences.IMPOSSIBLE;
