import sharp from 'sharp';
import { encode } from 'uqr';
import { drawQr } from '../../../runner/qr/drawQr';
import { toQrPng } from '../../../runner/qr/toQrPng';

/** As long as WhatsApp's are. */
const QR = `2@${'Ab3/'.repeat(32)},${'k'.repeat(44)},${'i'.repeat(44)},${'s'.repeat(44)}`;

test('the picture shows each module of the code, on white with room around it', async () => {
	const { data, info } = await sharp(toQrPng(QR))
		.greyscale()
		.raw()
		.toBuffer({ resolveWithObject: true });
	const { data: modules, size } = encode(QR, { border: 4, ecc: 'M' });
	expect([info.width, info.height]).toEqual([size * 6, size * 6]);
	const isDark = (x: number, y: number) => data[(y * info.width + x) * info.channels] === 0;
	const seen = modules.map((row, y) => row.map((_, x) => isDark(x * 6 + 3, y * 6 + 3)));
	expect(seen).toEqual(modules);
	expect(isDark(0, 0)).toBe(false);
});

test('in a terminal the code is white on black, whatever the terminal’s own colours are', () => {
	const lines = drawQr(QR, { isColoured: true }).split('\n');
	expect(lines.every((line) => /^\u001b\[97;40m[ █▀▄]+\u001b\[0m$/.test(line))).toBe(true);
	expect(drawQr(QR, { isColoured: false })).not.toContain('\u001b');
});
