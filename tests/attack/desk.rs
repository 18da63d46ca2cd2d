//! What the person keeps (notes, marks, places) is neither lost nor used against them.
