#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace sent::test {

/// A new private directory, removed with all it holds at the end.
class TempDir {
  public:
    TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;
    ~TempDir();

    const std::filesystem::path& path() const { return path_; }

    /// Writes a file into the directory and returns its full path.
    std::string write(const std::string& name, std::string_view content) const;

  private:
    std::filesystem::path path_;
};

}  // namespace sent::test
