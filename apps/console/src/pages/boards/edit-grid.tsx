import { DeleteOutlined, DesktopOutlined, DragOutlined, EditOutlined } from '@ant-design/icons';
import type { boards } from '@tongshang/contract';
import { Button, Dropdown, Tooltip } from 'antd';
import { type KeyboardEvent, useRef } from 'react';
import { GridLayout, useContainerWidth } from 'react-grid-layout';
import 'react-grid-layout/css/styles.css';
import { useWords } from '../../lib/language.ts';
import { columns, inReadingOrder, type Move, moveTile } from './arrange.ts';
import type { Bar } from './bar-url.ts';
import { rowGap, rowHeight, TileCard } from './tile-card.tsx';
import { useTileTitle } from './tile-title.ts';
import type { Live } from './use-tile.ts';

interface EditGridProps {
  tiles: readonly boards.Tile[];
  bar: Bar;
  live: Live;
  onChange: (tiles: boards.Tile[]) => void;
  onEdit: (tile: boards.Tile) => void;
  /** Says a move to those who do not see it. */
  onSay: (text: string) => void;
}

/** Alt with an arrow moves, with Shift besides it resizes. */
const moveOf: Readonly<Record<string, readonly [Move, Move]>> = {
  ArrowLeft: ['left', 'narrower'],
  ArrowRight: ['right', 'wider'],
  ArrowUp: ['up', 'lower'],
  ArrowDown: ['down', 'higher'],
};
const menu: readonly Move[] = ['left', 'right', 'up', 'down', 'wider', 'narrower', 'higher', 'lower'];

/** The board while it is arranged: tiles are dragged by their handle, sized by their corner, or moved by keys and menu. */
export default function EditGrid({ tiles, bar, live, onChange, onEdit, onSay }: EditGridProps) {
  const words = useWords();
  const titleOf = useTileTitle();
  const { width, containerRef, mounted } = useContainerWidth();
  const grid = useRef<HTMLDivElement>(null);
  const move = (tile: boards.Tile, how: Move): void => {
    const next = moveTile(tiles, tile.id, how);
    onChange(next);
    const { x, y, w, h } = next.find(({ id }) => id === tile.id)?.wide ?? tile.wide;
    onSay(words('boards.movedTo', { name: titleOf(tile), column: x + 1, row: y + 1, width: w, height: h }));
  };
  const onKey = (event: KeyboardEvent, tile: boards.Tile): void => {
    const how = event.altKey ? moveOf[event.key]?.[event.shiftKey ? 1 : 0] : undefined;
    if (how === undefined) return;
    event.preventDefault();
    move(tile, how);
  };
  const acts = (tile: boards.Tile) => {
    const name = titleOf(tile);
    return (
      <span className="tile-acts">
        <Dropdown
          trigger={['click']}
          menu={{
            items: menu.map((how) => ({ key: how, label: words(`boards.move.${how}`) })),
            onClick: ({ key }) => {
              const how = menu.find((one) => one === key);
              if (how !== undefined) move(tile, how);
            },
          }}
        >
          <Button
            type="text"
            size="small"
            className="tile-handle"
            aria-label={words('boards.moveTile', { name })}
            aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight"
            icon={<DragOutlined aria-hidden="true" />}
            onKeyDown={(event) => onKey(event, tile)}
          />
        </Dropdown>
        <Tooltip title={words(tile.isOnWall ? 'boards.onWall' : 'boards.notOnWall')}>
          <Button
            type={tile.isOnWall ? 'link' : 'text'}
            size="small"
            aria-label={words('boards.wallOf', { name })}
            aria-pressed={tile.isOnWall}
            icon={<DesktopOutlined aria-hidden="true" />}
            onClick={() => onChange(tiles.map((one) => (one.id === tile.id ? { ...one, isOnWall: !one.isOnWall } : one)))}
          />
        </Tooltip>
        <Button
          type="text"
          size="small"
          aria-label={words('boards.editTileOf', { name })}
          icon={<EditOutlined aria-hidden="true" />}
          onClick={() => onEdit(tile)}
        />
        <Button
          type="text"
          size="small"
          danger
          aria-label={words('boards.removeTileOf', { name })}
          icon={<DeleteOutlined aria-hidden="true" />}
          onClick={() => onChange(tiles.filter(({ id }) => id !== tile.id))}
        />
      </span>
    );
  };
  return (
    <div ref={containerRef as unknown as typeof grid} className="edit-grid">
      {mounted && (
        <GridLayout
          width={width}
          layout={tiles.map(({ id, wide }) => ({ i: id, ...wide, minW: 2, minH: 2, maxH: 12 }))}
          gridConfig={{ cols: columns, rowHeight, margin: [rowGap, rowGap], containerPadding: [0, 0] }}
          dragConfig={{ enabled: true, handle: '.tile-handle', threshold: 3 }}
          resizeConfig={{ enabled: true, handles: ['se'] }}
          onLayoutChange={(layout) => {
            const placed = tiles.map((tile) => {
              const at = layout.find(({ i }) => i === tile.id);
              return at === undefined ? tile : { ...tile, wide: { x: at.x, y: at.y, w: at.w, h: at.h } };
            });
            const isMoved = placed.some(({ wide }, index) => JSON.stringify(wide) !== JSON.stringify(tiles[index]?.wide));
            if (isMoved) onChange(placed);
          }}
        >
          {inReadingOrder(tiles).map((tile) => (
            <div key={tile.id}>
              <TileCard tile={tile} bar={bar} live={live} lines={undefined} acts={acts(tile)} />
            </div>
          ))}
        </GridLayout>
      )}
    </div>
  );
}
