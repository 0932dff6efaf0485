/** What colours are to an eye: their contrast, and how far apart they are, also without red or green. */

export type Rgb = readonly [red: number, green: number, blue: number];

/** One of the 256 colours from 16 on: xterm's cube of 6 × 6 × 6, then greys; everywhere the same. */
export function ofPalette(index: number): Rgb {
  if (index >= 232) return [8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232)];
  const step = (share: number): number => [0, 95, 135, 175, 215, 255][share % 6]!;
  return [
    step(Math.floor((index - 16) / 36)),
    step(Math.floor((index - 16) / 6)),
    step(index - 16),
  ];
}

const linear = (rgb: Rgb): number[] =>
  rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });

const times = (matrix: readonly (readonly number[])[], vector: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, part, at) => sum + part * vector[at]!, 0));

/** Contrast of two colours by WCAG 2.2: from 1 to 21; 4.5 is its level AA for text, 7 AAA. */
export function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [a, b]
    .map((rgb) => times([[0.2126, 0.7152, 0.0722]], linear(rgb))[0]!)
    .sort((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

/**
 * Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color
 * Vision Deficiency", table 1, severity 1.0: matrices for linear RGB.
 */
const deficiencies = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} as const;

export const eyes = ['trichromat', 'protanopia', 'deuteranopia'] as const;
export type Eye = (typeof eyes)[number];

/** CIE L*a*b* (D65) of what the eye sees. */
function lab(rgb: Rgb, eye: Eye): Rgb {
  const seen = eye === 'trichromat' ? linear(rgb) : times(deficiencies[eye], linear(rgb));
  const [x = 0, y = 0, z = 0] = times(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    seen.map((part) => Math.min(1, Math.max(0, part))),
  ).map((part, at) => {
    const share = part / [0.95047, 1, 1.08883][at]!;
    return share > 216 / 24389 ? Math.cbrt(share) : (24389 / 27 / 116) * share + 16 / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIE76 colour difference of two colours as an eye sees them; 2.3 is just noticeable. */
export function difference(a: Rgb, b: Rgb, eye: Eye): number {
  const [one, other] = [lab(a, eye), lab(b, eye)];
  return Math.hypot(...one.map((part, at) => part - other[at]!));
}
