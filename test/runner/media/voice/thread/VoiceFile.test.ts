import { MAX_SECONDS } from '../../../../../runner/media/voice/limits';
import { VoiceFile } from '../../../../../runner/media/voice/thread/VoiceFile';
import { createFolder } from '../sound/createFolder';

describe('VoiceFile', () => {
	it('takes sound up to the limit and refuses more, telling what to do', async () => {
		const folder = await createFolder();
		const file = new VoiceFile(folder.at('note.ogg'), 312, 1);
		file.addHeard(new Float32Array(48000));
		expect(() => file.addHeard(new Float32Array(1))).toThrow(
			expect.objectContaining({ reason: 'too_long', hint: expect.stringContaining('Split') }),
		);
		file.close();
		await folder.remove();
	});

	it('has a limit of two hours', () => {
		expect(MAX_SECONDS).toBe(2 * 60 * 60);
	});
});
