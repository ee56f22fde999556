import { UndoStack } from '../../runner/UndoStack';

describe('UndoStack', () => {
	test('undoes the last first, each before the next, and only once', async () => {
		const undone: string[] = [];
		const undo = new UndoStack(() => undefined);
		undo.push(() => void undone.push('first'));
		undo.push(async () => {
			await Promise.resolve();
			undone.push('second');
		});
		await Promise.all([undo.run(), undo.run()]);
		expect(undone).toEqual(['second', 'first']);
	});

	test('a step that fails is reported and does not hold up the rest', async () => {
		const undone: string[] = [];
		const errors: unknown[] = [];
		const undo = new UndoStack((error) => errors.push(error));
		undo.push(() => void undone.push('first'));
		undo.push(() => Promise.reject(new Error('stuck')));
		await undo.run();
		expect(undone).toEqual(['first']);
		expect(errors).toEqual([new Error('stuck')]);
	});
});
