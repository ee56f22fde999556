import { collectStatements } from './support/collectStatements';
import { findSlowPlans } from './support/findSlowPlans';

test('no statement goes through a table that grows, nor sorts a list', () => {
	const statements = collectStatements();
	expect(statements.length).toBeGreaterThan(90);
	expect(findSlowPlans(statements)).toEqual([]);
});

test.each([
	['goes through a whole table', 'SELECT text FROM messages WHERE text = ?'],
	[
		'goes through all of an instance',
		'SELECT seq FROM messages WHERE instance_id = ? AND number = ?',
	],
	['sorts a list', 'SELECT id FROM chats WHERE instance_id = ? AND id > ? ORDER BY read_at'],
	['changes a whole table', 'UPDATE deliveries SET state = ? WHERE url = ?'],
])('a statement that %s is found', (_, sql) => {
	expect(findSlowPlans([sql])).not.toEqual([]);
});
