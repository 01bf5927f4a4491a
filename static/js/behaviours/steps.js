// Where an arrow key leads in a table of days. `grid` says of each row which of its cells hold a day that can be opened.

const STEPS = new Map([["ArrowLeft", [0, -1]], ["ArrowRight", [0, 1]], ["ArrowUp", [-1, 0]], ["ArrowDown", [1, 0]]]);

// The row and the column of the nearest day in that direction, whatever lies between; Home and End are both ends of the
// row, as in any table of cells. Null for another key, and where there is nothing further.
export function reached(grid, [row, column], key) {
  if (key === "Home" || key === "End") {
    const days = [...grid[row].keys()].filter((place) => grid[row][place]);
    return days.length ? [row, days.at(key === "Home" ? 0 : -1)] : null;
  }
  const [down, across] = STEPS.get(key) ?? [];
  if (down === undefined) return null;
  for (let r = row + down, c = column + across; grid[r]?.[c] !== undefined; r += down, c += across)
    if (grid[r][c]) return [r, c];
  return null;
}
