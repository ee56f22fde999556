import { toAacFormat } from '../../../../../../runner/media/voice/thread/decoders/toAacFormat';

describe('toAacFormat', () => {
	it.each([
		['AAC LC, 44.1 kHz, stereo', [0x12, 0x10], { rateIndex: 4, channels: 2 }],
		['AAC LC, 48 kHz, mono', [0x11, 0x88], { rateIndex: 3, channels: 1 }],
		['HE-AAC, 22.05 kHz below 44.1 kHz', [0x2b, 0x92, 0x08, 0x00], { rateIndex: 7, channels: 2 }],
		['HE-AAC with parametric stereo', [0xeb, 0x8a, 0x08, 0x00], { rateIndex: 7, channels: 1 }],
		['a rate written out', [0x17, 0x80, 0x56, 0x22, 0x10], { rateIndex: 4, channels: 2 }],
	])('reads %s', (_, config, format) => {
		expect(toAacFormat(Uint8Array.from(config))).toEqual(format);
	});

	it.each([
		['ALS', [0xf8, 0x88, 0x40]],
		['channels described elsewhere', [0x12, 0x00]],
		['an unknown rate', [0x17, 0x00]],
		['nothing', []],
	])('refuses %s', (_, config) => {
		expect(toAacFormat(Uint8Array.from(config))).toBeUndefined();
	});
});
