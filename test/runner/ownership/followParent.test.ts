import { EventEmitter } from 'node:events';
import { followParent } from '../../../runner/ownership';

class Link extends EventEmitter {
	constructor(readonly connected: boolean) {
		super();
	}
}

describe('followParent', () => {
	it('stops once, when the channel to the parent closes', () => {
		const link = new Link(true);
		let stops = 0;
		followParent(link, () => stops++);
		expect(stops).toBe(0);
		link.emit('disconnect');
		link.emit('disconnect');
		expect(stops).toBe(1);
	});

	it('stops at once when the parent was gone before anybody listened', () => {
		let stops = 0;
		followParent(new Link(false), () => stops++);
		expect(stops).toBe(1);
	});
});
