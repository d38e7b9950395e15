//! Dates as newspapers and portals print them.
