/* Wagtail's typed table, with a key for every row and column that stays while they move.
   Translations of a cell are found by it: see kiyose/pages/blocks/table.py. */
(() => {
    const Base = telepath.constructors["wagtail.contrib.typed_table_block.blocks.TypedTableBlock"];

    const newKey = () =>
        "k" + Array.from(crypto.getRandomValues(new Uint8Array(5)), (byte) => byte.toString(16).padStart(2, "0")).join("");

    /** The hidden field of a row's or a column's key. It goes when the table is cleared. */
    const addKey = (table, kind, item) => {
        item.keyInput = document.createElement("input");
        item.keyInput.type = "hidden";
        item.keyInput.name = `${table.prefix}-${kind}-${item.id}-key`;
        item.keyInput.value = newKey();
        table.deletedFieldsContainer.appendChild(item.keyInput);
        return item;
    };

    const setKeys = (items, states) =>
        states.forEach((state, place) => {
            if (state.key) items[place].keyInput.value = state.key;
        });

    const withKeys = (table) => {
        const { insertRow, insertColumn, setState, getState, getColumnStates } = table;
        table.insertRow = (...args) => addKey(table, "row", insertRow.apply(table, args));
        table.insertColumn = (...args) => addKey(table, "column", insertColumn.apply(table, args));
        table.setState = (state) => {
            setState.call(table, state);
            if (!state) return;
            setKeys(table.columns, state.columns);
            setKeys(table.rows, state.rows);
        };
        table.getColumnStates = () =>
            getColumnStates.call(table).map((state, place) => ({ ...state, key: table.columns[place].keyInput.value }));
        table.getState = () => {
            const state = getState.call(table);
            state.rows.forEach((row, place) => {
                row.key = table.rows[place].keyInput.value;
            });
            return state;
        };
        return table;
    };

    class TableBlockDefinition extends Base {
        render(placeholder, prefix, initialState, initialError) {
            const table = withKeys(super.render(placeholder, prefix, null, null));
            table.setState(initialState);
            if (initialError) table.setError(initialError);
            return table;
        }
    }

    telepath.register("kiyose.pages.blocks.table.TableBlock", TableBlockDefinition);
})();
