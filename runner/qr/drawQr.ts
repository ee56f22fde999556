import { renderUnicodeCompact } from 'uqr';

/** White on black whatever the terminal's own colours are: phones read no code with its colours exchanged. */
const WHITE_ON_BLACK = '\u001b[97;40m';
const OWN_COLOURS = '\u001b[0m';

/** The QR code as text, two rows of it in each line. `isColoured`: for a terminal, with escape codes. */
export function drawQr(qr: string, { isColoured }: { isColoured: boolean }): string {
	const lines = renderUnicodeCompact(qr, { border: 2, ecc: 'L' }).split('\n');
	if (!isColoured) return lines.join('\n');
	return lines.map((line) => `${WHITE_ON_BLACK}${line}${OWN_COLOURS}`).join('\n');
}
