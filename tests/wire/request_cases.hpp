#pragma once

#include <functional>
#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "wire/golden.hpp"

namespace wire {

/// A call through the public API, and the file that says what it must put on the wire.
struct RequestCase {
    std::string golden;
    std::function<void(const sent::Client&)> call;
};

inline std::ostream& operator<<(std::ostream& out, const RequestCase& test) {
    return out << test.golden;
}

/// Of a file: `v3/contacts.list.full` as `v3_contacts_list_full`.
inline std::string test_name(std::string golden) {
    std::replace_if(
        golden.begin(), golden.end(), [](char c) { return c == '/' || c == '.'; }, '_');
    return golden;
}

inline std::string name_of_case(const ::testing::TestParamInfo<RequestCase>& info) {
    return test_name(info.param.golden);
}

/// Its tests stand in requests_test.cpp; each resource adds its cases.
class Requests : public ::testing::TestWithParam<RequestCase> {};

}  // namespace wire
