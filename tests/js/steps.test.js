// Where the arrow keys lead in a table of days.
import assert from "node:assert/strict";
import { test } from "node:test";
import { reached } from "../../static/js/behaviours/steps.js";

// Three weeks; nothing can be opened where there is 0.
const GRID = [
  [0, 0, 1, 1],
  [1, 0, 0, 1],
  [1, 1, 0],
];

test("an arrow goes to the next day in its direction", () => {
  assert.deepEqual(reached(GRID, [0, 2], "ArrowRight"), [0, 3]);
  assert.deepEqual(reached(GRID, [0, 3], "ArrowDown"), [1, 3]);
  assert.deepEqual(reached(GRID, [2, 0], "ArrowUp"), [1, 0]);
  assert.deepEqual(reached(GRID, [2, 1], "ArrowLeft"), [2, 0]);
});

test("it passes over what cannot be opened", () => {
  assert.deepEqual(reached(GRID, [1, 0], "ArrowRight"), [1, 3]);
  assert.deepEqual(reached(GRID, [1, 3], "ArrowLeft"), [1, 0]);
});

test("at the edge it stays where it is", () => {
  assert.equal(reached(GRID, [0, 2], "ArrowLeft"), null);
  assert.equal(reached(GRID, [1, 3], "ArrowDown"), null);
  assert.equal(reached(GRID, [0, 2], "ArrowUp"), null);
});

test("Home and End are the first and the last day of the row", () => {
  assert.deepEqual(reached(GRID, [0, 3], "Home"), [0, 2]);
  assert.deepEqual(reached(GRID, [2, 0], "End"), [2, 1]);
  assert.equal(reached([[0]], [0, 0], "Home"), null);
});

test("any other key is left to the browser", () => {
  for (const key of ["Enter", "Tab", " ", "a", "PageDown", "toString"]) assert.equal(reached(GRID, [0, 2], key), null);
});

test("whatever the table, a key leads to a day or nowhere", () => {
  for (let seed = 1; seed < 400; seed++) {
    const grid = Array.from({ length: 1 + (seed % 6) }, (_, r) => Array.from({ length: 1 + ((seed * 7 + r) % 5) }, (_, c) => (seed * 31 + r * 17 + c * 13) % 3));
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]) {
      const place = reached(grid, [seed % grid.length, 0], key);
      assert.ok(place === null || grid[place[0]][place[1]]);
    }
  }
});
