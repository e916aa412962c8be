package dev.lamina.report.html;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A table of figures, for the page and for a CSV file.
 *
 * @param name the file's name without its ending
 * @param caption what it shows
 * @param place where people find it
 * @param columns the columns
 * @param rows as many cells each as there are columns
 */
record DataTable(String name, String caption, Place place, List<Column> columns, List<List<Cell>> rows)
        implements Block {

    /** Where people find a table. */
    enum Place {
        /** In the page. */
        OPEN,
        /** In the page, beside what stands before it. */
        BESIDE,
        /** In the page, folded up. */
        FOLDED,
        /** In its file only. */
        FILE
    }

    /**
     * A column.
     *
     * @param key its name for programs, with the unit
     * @param title its name for people
     */
    record Column(String key, String title) {}

    /** A table that is filled row by row from items. */
    static final class Of<T> {

        private final List<Column> columns = new ArrayList<>();
        private final List<Function<T, Cell>> cells = new ArrayList<>();

        /** Adds a column. */
        Of<T> column(String key, String title, Function<T, Cell> cell) {
            columns.add(new Column(key, title));
            cells.add(cell);
            return this;
        }

        /** Adds a column if there is something to show in it. */
        Of<T> column(boolean wanted, String key, String title, Function<T, Cell> cell) {
            return wanted ? column(key, title, cell) : this;
        }

        /** The table. */
        DataTable table(String name, String caption, Place place, List<T> items) {
            return new DataTable(name, caption, place, List.copyOf(columns), new Rows<>(items, List.copyOf(cells)));
        }
    }

    /** Rows that are made when they are asked for: a raster has a million of them. */
    private static final class Rows<T> extends AbstractList<List<Cell>> {

        private final List<T> items;
        private final List<Function<T, Cell>> cells;

        Rows(List<T> items, List<Function<T, Cell>> cells) {
            this.items = items;
            this.cells = cells;
        }

        @Override
        public List<Cell> get(int index) {
            T item = items.get(index);
            return cells.stream().map(cell -> cell.apply(item)).toList();
        }

        @Override
        public int size() {
            return items.size();
        }
    }
}
