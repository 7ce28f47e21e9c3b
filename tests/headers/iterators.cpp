// B24: what C++20 calls an input iterator, ours are.
#include "all.hpp"

#include <iterator>
#if __cplusplus >= 202002L
#include <ranges>

using PageIterator = sent::PageRange<sent::Contact>::iterator;
static_assert(std::input_iterator<PageIterator>);
static_assert(std::sentinel_for<PageIterator, PageIterator>);
static_assert(std::ranges::input_range<sent::PageRange<sent::Contact>>);
static_assert(std::input_iterator<sent::Headers::const_iterator>);
static_assert(std::ranges::input_range<sent::Headers>);
#endif
