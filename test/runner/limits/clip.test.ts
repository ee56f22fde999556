import { clip } from '../../../runner/limits/clip';

describe('clip', () => {
	test('keeps a text that is short enough', () => {
		expect(clip('abc', 3)).toBe('abc');
		expect(clip('', 0)).toBe('');
	});

	test('cuts no character in halves', () => {
		expect(clip('ab😀', 4)).toBe('ab😀');
		expect(clip('ab😀', 3)).toBe('ab');
		expect(clip('😀😀', 3)).toBe('😀');
		expect(clip('😀', 1)).toBe('');
	});

	test('replaces lone halves of a character, whether it cuts or not', () => {
		expect(clip('a\ud800b', 9)).toBe('a\ufffdb');
		expect(clip('\udc00abc', 3)).toBe('\ufffdab');
		expect(clip('a\ud800', 2)).toBe('a\ufffd');
	});
});
