/** The path of a snapshot of another place, to look inside. */
import type { Key } from '../../terminal/keys.ts';
import { editLine, lineText, pasteLine } from '../../terminal/line.ts';
import { lookInside } from '../screens/snapshots/actions.ts';
import { type Overlay, type State, type Step, still } from '../state/model.ts';

type FileOverlay = Extract<Overlay, { kind: 'file' }>;

export function fileKey(state: State, overlay: FileOverlay, key: Key): Step {
  if (key.name === 'esc') return still({ ...state, overlay: null });
  if (key.name === 'enter') {
    const path = lineText(overlay.line).trim();
    return path === '' ? still(state) : lookInside({ ...state, overlay: null }, path);
  }
  return still({ ...state, overlay: { ...overlay, line: editLine(overlay.line, key) } });
}

export const filePaste = (state: State, overlay: FileOverlay, text: string): Step =>
  still({ ...state, overlay: { ...overlay, line: pasteLine(overlay.line, text) } });
