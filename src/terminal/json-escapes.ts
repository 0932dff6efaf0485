/**
 * What a terminal obeys or hides where JSON does not need it raw: control characters (C1, too),
 * marks that turn the direction of writing, what shows nothing, and halves of characters.
 */
const obeyed = () =>
  /[\0-\x08\x0b-\x1f\x7f-\x9f\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Line_Separator}\p{Paragraph_Separator}\p{Noncharacter_Code_Point}\p{Surrogate}\ufff9-\ufffb]/gu;

/**
 * JSON that means the same and is safe to show: such characters as `\u009b`. They stand in strings
 * only; a carriage return between tokens becomes a space.
 */
export const escapeJson = (text: string): string =>
  text.replaceAll(/\r\n?/g, (end) => (end.length > 1 ? '\n' : ' ')).replace(obeyed(), escaped);

const escaped = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
