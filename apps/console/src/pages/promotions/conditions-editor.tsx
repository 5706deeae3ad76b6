import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import type { Condition } from '@tongshang/contract';
import { conditionKinds } from '@tongshang/ui';
import { Button, Select } from 'antd';
import { type KeyboardEvent, use, useEffect, useRef } from 'react';
import { useTerm, useWords } from '../../lib/language.ts';
import { FieldError, FormContext } from '../../parts/labelled.tsx';
import { addNode, type Group, isGroup, modes, moveNode, newGroup, newLeaf, type Node, removeNode, replaceNode, type Mode } from './condition-tree.ts'; // prettier-ignore
import { ConditionFields } from './condition-fields.tsx';
import { blankCondition } from './draft.ts';

interface ConditionsEditorProps {
  value: Group;
  onChange: (value: Group) => void;
}

interface Acts {
  change: (id: number, to: (node: Node) => Node) => void;
  add: (groupId: number, node: Node) => void;
  remove: (node: Node, groupId: number) => void;
  move: (id: number, way: 'up' | 'down', from: 'key' | 'button') => void;
}

/**
 * Conditions nested with all, any, none. Alt+↑/↓ moves the one that has the focus: past its neighbours, into groups and out
 * of them. What was added or moved keeps the focus; after a removal it goes to the group.
 */
export function ConditionsEditor({ value, onChange }: ConditionsEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const focusNext = useRef<string>(undefined);
  // Only after the moved row stands at its new place can it take the focus.
  useEffect(() => {
    if (focusNext.current === undefined) return;
    place.current?.querySelector<HTMLElement>(focusNext.current)?.focus();
    focusNext.current = undefined;
  }, [value]);
  const acts: Acts = {
    change: (id, to) => onChange(replaceNode(value, id, to)),
    add: (groupId, node) => {
      focusNext.current = `[data-node="${node.id}"]`;
      onChange(addNode(value, groupId, node));
    },
    remove: (node, groupId) => {
      focusNext.current = `[data-group="${groupId}"] > .group-foot .ant-btn`;
      onChange(removeNode(value, node.id));
    },
    move: (id, way, from) => {
      focusNext.current = from === 'key' ? `[data-node="${id}"]` : `[data-node="${id}"] > .node-acts [data-act="${way}"]`;
      onChange(moveNode(value, id, way));
    },
  };
  return (
    <div ref={place}>
      <GroupBox group={value} acts={acts} isRoot />
    </div>
  );
}

function GroupBox({ group, acts, isRoot = false }: { group: Group; acts: Acts; isRoot?: boolean }) {
  const words = useWords();
  const term = useTerm();
  const { isDisabled } = use(FormContext);
  const kinds = Object.keys(conditionKinds) as Condition['is'][];
  return (
    <div className={isRoot ? 'conditions' : 'conditions conditions-inner'} data-group={group.id}>
      <div className="conditions-head">
        <Select<Mode>
          aria-label={words('promo.groupMode')}
          value={group.mode}
          disabled={isDisabled}
          options={modes.map((mode) => ({ value: mode, label: words(`promo.mode.${mode}`) }))}
          onChange={(mode) => acts.change(group.id, (node) => (isGroup(node) ? { ...node, mode } : node))}
        />
        {isRoot && group.items.length === 0 && <span className="second">{words('promo.noConditions')}</span>}
      </div>
      <FieldError path={`when#${group.id}`} />
      {group.items.length > 0 && (
        <ol className="condition-list">
          {group.items.map((node) => (
            <NodeRow key={node.id} node={node} group={group} acts={acts} />
          ))}
        </ol>
      )}
      {!isDisabled && (
        <div className="group-foot row">
          <Select<Condition['is'] | null>
            aria-label={words('promo.addCondition')}
            className="add-choice"
            value={null}
            placeholder={words('promo.addCondition')}
            options={kinds.map((is) => ({ value: is, label: term(conditionKinds, is) }))}
            onChange={(is) => {
              if (is !== null) acts.add(group.id, newLeaf(blankCondition(is)));
            }}
          />
          <Button onClick={() => acts.add(group.id, newGroup(group.mode === 'any' ? 'all' : 'any'))}>
            {words('promo.addGroup')}
          </Button>
        </div>
      )}
    </div>
  );
}

function NodeRow({ node, group, acts }: { node: Node; group: Group; acts: Acts }) {
  const words = useWords();
  const term = useTerm();
  const { isDisabled } = use(FormContext);
  const name = isGroup(node) ? words(`promo.mode.${node.mode}`) : term(conditionKinds, node.condition.is);
  const onKey = (event: KeyboardEvent) => {
    if (!event.altKey || isDisabled || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    acts.move(node.id, event.key === 'ArrowUp' ? 'up' : 'down', 'key');
  };
  return (
    <li data-node={node.id} tabIndex={-1} aria-label={name} onKeyDown={onKey} className="condition">
      <div className="condition-body">
        {isGroup(node) ? (
          <GroupBox group={node} acts={acts} />
        ) : (
          <>
            <h4>{name}</h4>
            <ConditionFields
              path={`when#${node.id}`}
              condition={node.condition}
              onChange={(condition) => acts.change(node.id, () => ({ ...node, condition }))}
            />
          </>
        )}
      </div>
      {!isDisabled && (
        <div className="node-acts">
          {(['up', 'down'] as const).map((way) => (
            <Button
              key={way}
              type="text"
              size="small"
              data-act={way}
              aria-label={words(way === 'up' ? 'promo.moveUp' : 'promo.moveDown', { name })}
              aria-keyshortcuts={way === 'up' ? 'Alt+ArrowUp' : 'Alt+ArrowDown'}
              icon={way === 'up' ? <ArrowUpOutlined aria-hidden="true" /> : <ArrowDownOutlined aria-hidden="true" />}
              onClick={() => acts.move(node.id, way, 'button')}
            />
          ))}
          <Button
            type="text"
            size="small"
            danger
            aria-label={words('promo.remove', { name })}
            icon={<DeleteOutlined aria-hidden="true" />}
            onClick={() => acts.remove(node, group.id)}
          />
        </div>
      )}
    </li>
  );
}
